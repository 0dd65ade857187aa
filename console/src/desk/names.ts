import type { AccountId, Call, Category, Place, Request, Service } from '@words'
import { language } from '@/shared/i18n/language.svelte'
import type { Replica } from '@/link/replica'
import { Colleagues } from './colleagues.svelte'
import { text } from './words/text'

const categoryName = (category: Category) => (language.current === 'fr' ? category.fr : category.en)

/** A place in one line, from the large to the small: `Les Tilleuls, 12 rue de Flandre, hall B`. */
export function placeLine(place: Place): string {
  const street = [place.number, place.street].filter(Boolean).join(' ')
  return [place.estate, street, place.hall && `hall ${place.hall}`].filter(Boolean).join(', ')
}

/** What things are called on screen, in the current language. */
export class Names {
  readonly #replica: Replica
  readonly #colleagues: Colleagues

  constructor(replica: Replica, colleagues = new Colleagues()) {
    this.#replica = replica
    this.#colleagues = colleagues
  }

  get #service(): Service | undefined {
    return this.#replica.service
  }

  readonly team = (id: string): string => this.#service?.teams.find((team) => team.id === id)?.name ?? id

  readonly member = (id: string): string => this.#service?.members.find((member) => member.id === id)?.name ?? id

  /** Who acted, by role: « le régulateur », with the account where several have that role; a pair by its name. */
  readonly person = (account: AccountId | undefined): string => {
    if (account === undefined) return '–'
    const actor = this.#colleagues.who(account)
    if (!actor) return account
    if (actor.team) return this.team(actor.team)
    const role = text().people[actor.role]
    return this.#colleagues.hasNamesake(actor) ? `${role} (${account})` : role
  }

  readonly quarter = (id: string): string => this.#service?.quarters.find((quarter) => quarter.id === id)?.name ?? id

  readonly category = (id: string): string => {
    const category = this.#service?.categories.find((each) => each.id === id)
    return category ? categoryName(category) : id
  }

  readonly place = (request: Request): string => (request.place ? placeLine(request.place) : text().requests.noPlace)

  /** Who calls: the name where it is known, else the number. */
  readonly caller = (call: Call): string => {
    const who = this.#replica.confidences.get(call.id)?.particulars
    return who?.caller_name ?? (who?.number ? spaced(who.number) : text().calls.unknownNumber)
  }
}

export { categoryName }

/** A number as people read it out: `+33612345678` as `06 12 34 56 78`. */
export function spaced(number: string): string {
  const french = /^\+33(\d)(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(number)
  return french ? `0${french[1]} ${french.slice(2).join(' ')}` : number
}
