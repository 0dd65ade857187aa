import { describe, expect, it } from 'vitest'
import { matching } from '@/desk/form/choices'

const labels = [
  'Bruit dans un logement',
  "Bruit à l'extérieur",
  'Fête',
  'Occupation de hall',
  'Éclairage',
  "Fuite d'eau",
]
const chosen = (typed: string) => matching(typed, labels, (label) => label)[0]

describe('choosing a category by two letters', () => {
  it('by its beginning, without accents', () => {
    expect(chosen('fe')).toBe('Fête')
    expect(chosen('ec')).toBe('Éclairage')
  })
  it('by a word in it', () => expect(chosen('ha')).toBe('Occupation de hall'))
  it('by the initials of its words', () => {
    expect(chosen('bl')).toBe('Bruit dans un logement')
    expect(chosen('be')).toBe("Bruit à l'extérieur")
  })
  it('by beginnings of several of its words', () => expect(chosen('occ hall')).toBe('Occupation de hall'))
  it('nothing matches what is not there', () => expect(chosen('zz')).toBeUndefined())
  it('nothing typed leaves the service’s own order', () =>
    expect(matching('', labels, (label) => label)).toEqual(labels))
})
