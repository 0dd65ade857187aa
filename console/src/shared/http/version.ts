/**
 * Whether the server has another version of this page: its files of this version, some of which are fetched late, are
 * gone then. False while it cannot be asked.
 */
export async function isReplaced(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type=module][src]')
  const page = await fetch(location.pathname, { cache: 'no-cache' }).catch(() => undefined)
  if (!script || !page?.ok) return false
  return !(await page.text()).includes(new URL(script.src).pathname)
}
