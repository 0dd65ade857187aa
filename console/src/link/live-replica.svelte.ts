import type {
  Actor,
  Assignment,
  Call,
  Confidence,
  Night,
  Position,
  Recommendation,
  Request,
  Service,
  Team,
} from '@words'
import { SvelteMap } from 'svelte/reactivity'
import type { LiveReplica } from './api'

/** A replica that screens can watch: each entity is replaced as a whole, never changed in place. */
export class ReactiveReplica implements LiveReplica {
  version = $state<number | undefined>()
  line = $state<string | undefined>()
  actor = $state.raw<Actor | undefined>()
  service = $state.raw<Service | undefined>()
  night = $state.raw<Night | undefined>()
  journalAvailable = $state(true)
  clockOffset = $state(0)
  heardAt: number | undefined
  readonly calls = new SvelteMap<string, Call>()
  readonly requests = new SvelteMap<string, Request>()
  readonly teams = new SvelteMap<string, Team>()
  readonly assignments = new SvelteMap<string, Assignment>()
  readonly confidences = new SvelteMap<string, Confidence>()
  readonly positions = new SvelteMap<string, Position>()
  readonly recommendations = new SvelteMap<string, Recommendation[]>()

  now(): number {
    return Date.now() + this.clockOffset
  }
}
