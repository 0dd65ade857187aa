import type { Assignment, Command, Place, Point, Request, Service } from '@words'
import { language } from '@/shared/i18n/language.svelte'
import { shared } from '@/shared/i18n/shared'
import { text } from './words/text'

/** What a command is called on this screen. */
export function actionName(command: Command): string {
  const names: Record<string, string> = text().action
  const key = command.type === 'report_progress' ? command.milestone : command.type
  return names[key] ?? text().action.other
}

/** What the pair had written in a command, so that it is not lost when the command is refused. */
export function writtenIn(command: Command): string | undefined {
  if (command.type === 'clear_assignment') return command.report
  return command.type === 'open_request' ? command.particulars.words : undefined
}

/** How a task ended that others ended; one that the server tells of no more is over. */
export function endingName(task: Assignment | undefined, request: Request | undefined): string {
  const number = request ? text().task.number(request.number) : ''
  const { expired, withdrawn, cleared, over } = text().ended
  if (task?.status === 'expired') return expired(number)
  if (task?.withdrawal) return withdrawn(number, shared().withdrawal[task.withdrawal])
  return task?.disposition ? cleared(number, shared().disposition[task.disposition]) : over(number)
}

/** A category in the screen's language. */
export function categoryName(service: Service | undefined, id: string): string {
  return service?.categories.find((category) => category.id === id)?.[language.current] ?? id
}

/** With a capital, as a button says it. */
export const capital = (words: string): string => words.charAt(0).toLocaleUpperCase() + words.slice(1)

/** A quarter's name. */
export function quarterName(service: Service | undefined, id: string): string {
  return service?.quarters.find((quarter) => quarter.id === id)?.name ?? id
}

/** Street and number, as on the house. */
export const streetLine = (place: Place): string => [place.number, place.street].filter(Boolean).join(' ')

/** A link that opens the phone's own route finder. */
export function routeTo(point: Point, label: string): string {
  const where = `${point.lat.toFixed(6)},${point.lon.toFixed(6)}`
  return `geo:${where}?q=${where}(${encodeURIComponent(label)})`
}
