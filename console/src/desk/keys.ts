import { offer, type Shortcut } from '@/shared/keys/registry.svelte'
import { startRequest } from './calls/keys'
import type { DeskContext } from './context'
import { stepped } from './requests/order'
import { text } from './words/text'

/** The keys that belong to the whole screen and to walking through the list. */
export function offerScreenKeys(context: DeskContext): () => void {
  const { desk } = context
  const keys = () => text().keys
  const screen = () => keys().groups.screen
  const work = () => keys().groups.work
  const shortcut = (
    name: string,
    label: () => string,
    group: () => string,
    run: () => void,
    more: Partial<Shortcut> = {},
  ) => ({
    keys: [name],
    label,
    group,
    run,
    ...more,
  })
  const step = (by: number) => {
    const next = stepped(desk.listed, desk.selection.request, by)
    if (next) desk.show(next)
  }
  return offer(
    shortcut(
      '?',
      () => keys().help,
      screen,
      () => desk.toggle('keys'),
    ),
    shortcut(
      'Ctrl+K',
      () => keys().palette,
      screen,
      () => desk.toggle('find'),
      { inFields: true },
    ),
    shortcut(
      'G',
      () => keys().map,
      screen,
      () => (desk.right = desk.right === 'map' ? 'teams' : 'map'),
    ),
    shortcut(
      'ArrowDown',
      () => keys().down,
      work,
      () => step(1),
    ),
    shortcut(
      'ArrowUp',
      () => keys().up,
      work,
      () => step(-1),
    ),
    shortcut(
      'N',
      () => text().requests.new,
      work,
      () => startRequest(context),
    ),
  )
}
