import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyReport, readReport, writeReport } from '@/handset/report-draft'
import { Notes } from '@/shared/notes/notes'
import { FakeStorage } from '../fake-storage'

const device = new FakeStorage()
const notes = () => new Notes('rennes.binome-1')

beforeEach(() => {
  device.clear()
  vi.stubGlobal('localStorage', device)
})
afterEach(() => vi.unstubAllGlobals())

describe('a report that is being written', () => {
  it('is there again when the browser was ended', () => {
    writeReport(notes(), 'a1', { disposition: 'calmed_on_site', people: 3, note: 'Rentrés' })
    expect(readReport(notes(), 'a1')).toEqual({ disposition: 'calmed_on_site', people: 3, note: 'Rentrés' })
  })

  it('is not that of the next task', () => {
    writeReport(notes(), 'a1', { note: 'Rentrés' })
    expect(readReport(notes(), 'a2')).toEqual(emptyReport())
  })

  it('is gone once nothing stands in it', () => {
    writeReport(notes(), 'a1', { note: 'Rentrés' })
    writeReport(notes(), 'a1', emptyReport())
    expect(Object.keys(device)).toEqual([])
  })

  it('is empty where what is kept cannot be read', () => {
    device.setItem('vigie:notes:rennes.binome-1:report', '{"assig')
    expect(readReport(notes(), 'a1')).toEqual(emptyReport())
  })
})
