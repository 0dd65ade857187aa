import type { Place, Request, Service } from '@words'
import { describe, expect, it } from 'vitest'
import { historyOf, likelyDuplicates } from '@/desk/requests/likeness'

const place = (street: string, number: string, hall = ''): Place => ({
  id: `${street} ${number} ${hall}`,
  quarter: 'maurepas',
  landlord: 'Habitat',
  estate: 'Les Gayeulles',
  street,
  number,
  hall,
  point: { lon: -1.66, lat: 48.12 },
})
const request = (id: string, category: string, at: Place | undefined, status: Request['status'] = 'waiting') =>
  ({ id, category, status, quarter: 'maurepas', opened_at_ms: 1, ...(at && { place: at }) }) as Request

const service = {
  categories: [
    { id: 'noise_home', group: 'noise' },
    { id: 'noise_party', group: 'noise' },
    { id: 'tags', group: 'damage' },
  ],
} as Service
const kinds = (sketch: Parameters<typeof likelyDuplicates>[0], requests: Request[]) =>
  likelyDuplicates(sketch, requests, service).map(({ id }) => id)

describe('two neighbours call about one party', () => {
  const first = request('r1', 'noise_party', place('rue de la Motte', '4', 'A'))

  it('from another hall of the same building', () => {
    const sketch = { category: 'noise_home', quarter: 'maurepas', place: place('rue de la Motte', '4', 'B') }
    expect(kinds(sketch, [first])).toEqual(['r1'])
  })
  it('from the same estate, when the trouble is of one kind', () => {
    const sketch = { category: 'noise_home', quarter: 'maurepas', place: place('rue de la Motte', '9') }
    expect(kinds(sketch, [first])).toEqual(['r1'])
    expect(kinds({ ...sketch, category: 'tags' }, [first])).toEqual([])
  })
  it('not when the first is closed: then it is the history of the place', () => {
    const closed = request('r1', 'noise_party', first.place, 'closed')
    expect(kinds({ category: 'noise_home', quarter: 'maurepas', place: first.place }, [closed])).toEqual([])
    expect(historyOf(first.place, [closed])).toEqual([closed])
  })
})
