const markedFor = 8000

/** Marks for a while that what it watches changed since it first stood on screen. */
export class Changes {
  marked = $state(false)

  constructor(watched: () => unknown) {
    let before: string | undefined
    $effect(() => {
      const now = JSON.stringify(watched())
      const changed = before !== undefined && before !== now
      before = now
      if (!changed) return
      this.marked = true
      const timer = setTimeout(() => (this.marked = false), markedFor)
      return () => clearTimeout(timer)
    })
  }
}
