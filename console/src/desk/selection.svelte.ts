import type { RequestId } from '@words'

/** The request in hand, the same in every window of this desk. */
export class Selection {
  request = $state<RequestId | undefined>()
  #channel = new BroadcastChannel('vigie:selection')

  constructor() {
    this.#channel.onmessage = ({ data }: MessageEvent<RequestId | null>) => (this.request = data ?? undefined)
  }

  choose(request: RequestId | undefined): void {
    this.request = request
    this.#channel.postMessage(request ?? null)
  }
}
