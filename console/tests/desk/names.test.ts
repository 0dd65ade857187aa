import type { Actor } from '@words'
import { describe, expect, it } from 'vitest'
import { Colleagues } from '@/desk/colleagues.svelte'
import { Names } from '@/desk/names'
import { emptyReplica } from '@/link/replica'

const staff: Actor[] = [
  { account: 'rennes.regulateur', role: 'dispatcher' },
  { account: 'rennes.regulateur-2', role: 'dispatcher' },
  { account: 'rennes.binome-1', role: 'team', team: 'binome-1' },
]

async function meeting(...accounts: string[]) {
  const asked: string[] = []
  const names = new Names(
    emptyReplica(),
    new Colleagues(async (account) => {
      asked.push(account)
      return staff.find((one) => one.account === account) ?? Promise.reject(new Error('unknown'))
    }),
  )
  for (const account of [...accounts, ...accounts]) names.person(account)
  await new Promise((done) => setTimeout(done))
  return { names, asked }
}

describe('who did it', () => {
  it('by role, asked for once', async () => {
    const { names, asked } = await meeting('rennes.regulateur')
    expect(names.person('rennes.regulateur')).toBe('le régulateur')
    expect(asked).toEqual(['rennes.regulateur'])
  })
  it('with the account where two have the same role', async () => {
    const { names } = await meeting('rennes.regulateur', 'rennes.regulateur-2')
    expect(names.person('rennes.regulateur-2')).toBe('le régulateur (rennes.regulateur-2)')
  })
  it('a pair by its name, an unknown account as it stands, nobody as a dash', async () => {
    const { names } = await meeting('rennes.binome-1', 'poste 201')
    expect(names.person('rennes.binome-1')).toBe('binome-1')
    expect(names.person('poste 201')).toBe('poste 201')
    expect(names.person(undefined)).toBe('–')
  })
})
