import type { ClientFrame, Command, ServerFrame, Word } from '@words'
import schema from '@words/schema.json'
import Ajv2020 from 'ajv/dist/2020'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { applyFrame, emptyReplica } from '@/link/replica'

const folder = fileURLToPath(new URL('../../protocol/examples/', import.meta.url))

interface Example<W> {
  name: string
  word: W
}

const examples = <W>(kind: string): Example<W>[] =>
  readdirSync(folder + kind).map((name) => ({
    name,
    word: JSON.parse(readFileSync(`${folder}${kind}/${name}`, 'utf8')) as W,
  }))

const ajv = new Ajv2020({ strict: false })
ajv.addSchema(schema, 'words')
const fits = (type: string, word: unknown) => {
  const validate = ajv.getSchema(`words#/$defs/${type}`)
  if (!validate) throw new Error(`the schema has no ${type}`)
  return { fits: validate(word), errors: validate.errors ?? [] }
}
const fitting = { fits: true, errors: [] }

describe('golden examples, read here as the server writes them', () => {
  it.each(examples<ServerFrame>('server'))('server frame $name fits the schema', ({ word }) => {
    expect(fits('ServerFrame', word)).toEqual(fitting)
  })

  it.each(examples<ClientFrame>('client'))('client frame $name fits the schema', ({ word }) => {
    expect(fits('ClientFrame', word)).toEqual(fitting)
  })

  it.each(examples<Command>('command'))('command $name fits the schema', ({ word }) => {
    expect(fits('Command', word)).toEqual(fitting)
  })

  it('a frame with a field that nobody knows does not fit', () => {
    expect(fits('ClientFrame', { type: 'ping', speed: 3 } as unknown as Word).fits).toBe(false)
  })

  it('the replica holds what the golden whole tells', () => {
    const [whole] = examples<ServerFrame>('server').filter(({ name }) => name === 'whole.json')
    if (whole?.word.type !== 'whole') throw new Error('no golden whole')
    const replica = emptyReplica()
    applyFrame(replica, whole.word, 0)
    expect(replica.version).toBe(whole.word.version)
    expect([...replica.calls.values()]).toEqual(whole.word.entities.calls)
    expect([...replica.requests.values()]).toEqual(whole.word.entities.requests)
    expect(replica.night).toEqual(whole.word.entities.night)
  })
})
