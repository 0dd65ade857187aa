export type Theme = 'night' | 'day' | 'system'

const key = 'vigie:theme'
const systemDay = matchMedia('(prefers-color-scheme: light)')

const stored = (): Theme => {
  const value = localStorage.getItem(key)
  return value === 'system' || value === 'day' ? value : 'night'
}

let chosen = $state<Theme>(stored())

/** Night, unless the person chose day or to follow the system: the room and the street are dark. */
export const theme = {
  get chosen(): Theme {
    return chosen
  },
  choose(next: Theme): void {
    chosen = next
    localStorage.setItem(key, next)
    show()
  },
}

function show(): void {
  const day = chosen === 'day' || (chosen === 'system' && systemDay.matches)
  document.documentElement.dataset.theme = day ? 'day' : 'night'
}

systemDay.addEventListener('change', show)
show()
