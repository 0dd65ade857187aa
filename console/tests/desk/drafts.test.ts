import type { Call, Command, Request, Session } from '@words'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { typePlace } from '@/desk/form/draft'
import { Drafts } from '@/desk/form/drafts.svelte'
import type { Submission } from '@/link/api'
import { request } from '../link/words'

type Sent = { -readonly [Key in keyof Submission]: Submission[Key] }

/** A link whose commands wait until the test answers them. */
function fakeLink() {
  const requests = new Map<string, Request>()
  const submissions: Sent[] = []
  const submit = (command: Command): Sent => {
    const submission: Sent = {
      id: `s${submissions.length + 1}`,
      ...{ command, madeAt: 0, slow: false, kept: true, sent: false, version: undefined },
      ...{ state: 'waiting', rejection: undefined },
      retry: () => void Object.assign(submission, { state: 'waiting', rejection: undefined }),
      cancel: () => void Object.assign(submission, { state: 'cancelled' }),
      dismiss: () => {},
    }
    submissions.push(submission)
    return submission
  }
  return { replica: { requests, confidences: new Map() }, submissions, submit }
}

const signedIn = (account: string): Session => ({ actor: { account, role: 'dispatcher' }, service: 'rennes' })

function atDesk(link = fakeLink(), account = 'anne') {
  const taken: string[] = []
  type Given = ConstructorParameters<typeof Drafts>
  const drafts = new Drafts(link as unknown as Given[0], signedIn(account), (id) => taken.push(id))
  return { link, drafts, taken }
}

/** A new one, complete, and sent. */
function sendNew(drafts: Drafts) {
  drafts.start()
  const draft = drafts.open!
  Object.assign(draft, { category: 'noise.party', quarter: 'maurepas', words: 'Bruit' })
  drafts.send(draft)
  return draft
}

const kept = new Map<string, string>()
beforeEach(() => {
  kept.clear()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  })
})

describe('a draft that was sent', () => {
  it('stays until it is taken down, then its request is shown', () => {
    const { link, drafts, taken } = atDesk()
    const { id } = sendNew(drafts)
    drafts.follow()
    expect(drafts.open?.id).toBe(id)
    link.replica.requests.set(id, request({ id, number: 3 }))
    drafts.follow()
    expect(drafts.all).toEqual([])
    expect(taken).toEqual([id])
  })

  it('keeps what was written while it was on its way, as a correction', () => {
    const { link, drafts, taken } = atDesk()
    const draft = sendNew(drafts)
    draft.words = 'Bruit, et une bagarre'
    link.replica.requests.set(draft.id, request({ id: draft.id, number: 3 }))
    drafts.follow()
    expect(drafts.open?.amends).toMatchObject({ request: draft.id, number: 3 })
    expect(taken).toEqual([])
    drafts.send(drafts.open!)
    expect(link.submissions[1]?.command).toEqual({
      type: 'amend_request',
      request: draft.id,
      particulars: { words: 'Bruit, et une bagarre' },
    })
  })

  it('an address typed meanwhile is not lost either', () => {
    const { link, drafts } = atDesk()
    const draft = sendNew(drafts)
    typePlace(draft, '21 rue de Flandre')
    link.replica.requests.set(draft.id, request({ id: draft.id }))
    drafts.follow()
    expect(drafts.open?.placeText).toBe('21 rue de Flandre')
  })

  it('is followed also behind another one, and takes nothing from it', () => {
    const { link, drafts, taken } = atDesk()
    const { id } = sendNew(drafts)
    drafts.start()
    const inHand = drafts.openId
    link.replica.requests.set(id, request({ id }))
    drafts.follow()
    expect(drafts.all.map((each) => each.id)).toEqual([inHand])
    expect(drafts.openId).toBe(inHand)
    expect(taken).toEqual([])
  })

  it('that was refused behind another one says so, and can be sent again', () => {
    const { link, drafts } = atDesk()
    const draft = sendNew(drafts)
    drafts.start()
    Object.assign(link.submissions[0]!, { state: 'rejected', rejection: { reason: 'category_unknown' } })
    drafts.follow()
    expect(drafts.submissionOf(draft)?.state).toBe('rejected')
    drafts.send(draft)
    expect(link.submissions).toHaveLength(2)
  })

  it('is not sent twice while it waits, nor in another form where it may have been taken down', () => {
    const { link, drafts } = atDesk()
    const draft = sendNew(drafts)
    drafts.send(draft)
    Object.assign(link.submissions[0]!, { state: 'rejected', rejection: { reason: 'journal_unavailable' } })
    draft.words = 'Bruit, et une bagarre'
    drafts.send(draft)
    expect(link.submissions).toHaveLength(1)
    expect(link.submissions[0]?.state).toBe('waiting')
    expect(draft.sent?.content.particulars.words).toBe('Bruit')
  })

  it('that was taken back while it waited is sent anew, as it reads then', () => {
    const { link, drafts } = atDesk()
    const draft = sendNew(drafts)
    link.submissions[0]!.cancel()
    drafts.follow()
    draft.words = 'Bruit, et une bagarre'
    drafts.send(draft)
    expect(link.submissions).toHaveLength(2)
    expect(draft.sent?.content.particulars.words).toBe('Bruit, et une bagarre')
  })

  it('is found again after a reload, and waits', () => {
    const { link, drafts } = atDesk()
    const draft = sendNew(drafts)
    kept.set('vigie:drafts:rennes/anne', JSON.stringify(drafts.all))
    const again = atDesk(link).drafts
    again.follow()
    expect(again.submissionOf(draft)?.state).toBe('waiting')
  })

  it('a correction is put away once it is taken down', () => {
    const { link, drafts, taken } = atDesk()
    drafts.amend(request({ id: 'r1' }))
    drafts.open!.priority = 'urgent'
    drafts.send(drafts.open!)
    drafts.follow()
    expect(drafts.all).toHaveLength(1)
    link.submissions[0]!.state = 'done'
    drafts.follow()
    expect(drafts.all).toEqual([])
    expect(taken).toEqual(['r1'])
  })
})

describe('drafts', () => {
  it('are those of one account', () => {
    const { link, drafts } = atDesk()
    drafts.start()
    kept.set('vigie:drafts:rennes/anne', JSON.stringify(drafts.all))
    expect(atDesk(link).drafts.all).toHaveLength(1)
    expect(atDesk(link, 'rémi').drafts.all).toEqual([])
  })

  it('that were discarded come back, the last one first', () => {
    const { drafts } = atDesk()
    for (const words of ['Bruit', 'Fête']) {
      drafts.start()
      drafts.open!.words = words
      drafts.discard(drafts.open!)
    }
    drafts.restore()
    expect(drafts.open?.words).toBe('Fête')
    drafts.restore()
    expect(drafts.open?.words).toBe('Bruit')
    drafts.restore()
    expect(drafts.all).toHaveLength(2)
  })
})

describe('a call noted by hand', () => {
  const call = { id: 'c1' } as Call

  it('opens its form where none is open', () => {
    const { drafts } = atDesk()
    drafts.prepare(call)
    expect(drafts.open?.call).toBe('c1')
  })

  it('leaves what is being written on screen', () => {
    const { drafts } = atDesk()
    drafts.start()
    const inHand = drafts.openId
    drafts.prepare(call)
    expect(drafts.openId).toBe(inHand)
    expect(drafts.all.map((each) => each.call)).toEqual([undefined, 'c1'])
  })
})
