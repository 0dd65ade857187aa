import { describe, expect, it } from 'vitest'
import { Question } from '@/desk/requests/question.svelte'

const asked = (standing: unknown) => {
  const question = new Question<'end' | 'withdraw'>()
  question.follow(standing)
  question.toggle('end')
  return question
}

describe('a question with tiles', () => {
  it('is asked and taken back by the same key', () => {
    const question = asked(true)
    question.toggle('withdraw')
    expect(question.asked).toBe('withdraw')
    question.toggle('withdraw')
    expect(question.asked).toBeUndefined()
  })

  it('stands while what it is about does', () => {
    const question = asked(true)
    question.follow(true)
    expect(question.asked).toBe('end')
  })

  it('is over once that changed, and does not come back with it', () => {
    const question = asked(true)
    question.follow(false)
    expect(question.asked).toBeUndefined()
    question.follow(true)
    expect(question.asked).toBeUndefined()
  })
})
