import { describe, expect, it } from 'vitest'
import { Question } from '@/desk/requests/question.svelte'

let now = 0
const asked = (standing: unknown) => {
  now = 10_000
  const question = new Question<'end' | 'withdraw'>(() => now)
  question.follow(standing)
  question.toggle('end')
  return question
}

describe('a question with tiles', () => {
  it('is asked and taken back by the same key', () => {
    const question = asked(true)
    question.toggle('withdraw')
    expect(question.asked).toBe('withdraw')
    now += 600
    question.toggle('withdraw')
    expect(question.asked).toBeUndefined()
  })

  it('takes nothing that a hasty hand presses on it, neither an answer nor its own key', () => {
    const question = asked(true)
    const answers: number[] = []
    for (const wait of [0, 250, 349, 1]) {
      now += wait
      question.answer(() => answers.push(now))
      if (wait !== 1) question.toggle('end')
    }
    expect(answers).toEqual([10_600])
    expect(question.asked).toBe('end')
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
