import { afterEach, describe, expect, it, vi } from 'vitest'
import { isReplaced } from '@/shared/http/version'

/** A page that was loaded with `desk-1.js`, and what the server now answers. */
function given(answer: () => Promise<Response>) {
  vi.stubGlobal('document', { querySelector: () => ({ src: 'https://vigie.example/assets/desk-1.js' }) })
  vi.stubGlobal('location', { pathname: '/desk' })
  vi.stubGlobal('fetch', answer)
}

const pageWith = (script: string) => async () => new Response(`<script type="module" src="/assets/${script}"></script>`)

afterEach(() => vi.unstubAllGlobals())

describe('a page', () => {
  it('is replaced once the server gives it with other scripts', async () => {
    given(pageWith('desk-1.js'))
    expect(await isReplaced()).toBe(false)
    given(pageWith('desk-2.js'))
    expect(await isReplaced()).toBe(true)
  })

  it('is not held for replaced while the server cannot be asked', async () => {
    given(() => Promise.reject(new Error('no network')))
    expect(await isReplaced()).toBe(false)
    given(async () => new Response('', { status: 503 }))
    expect(await isReplaced()).toBe(false)
  })
})
