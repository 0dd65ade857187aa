import type { Command } from '@words'
import type { Replica } from '@/link/replica'
import type { Names } from '../names'
import { text } from '../words/text'

/** A command in one line, far from the control that sent it: `Envoyer un binôme · Binôme 1 · n° 12`. */
export function commandLine(command: Command, names: Names, replica: Replica): string {
  const assignment = 'assignment' in command ? replica.assignments.get(command.assignment) : undefined
  const team = 'team' in command ? command.team : assignment?.team
  const request = 'request' in command ? command.request : assignment?.request
  const number = request && replica.requests.get(request)?.number
  const call = 'call' in command && command.call ? replica.calls.get(command.call) : undefined
  const about = [team && names.team(team), number && text().requests.number(number), call && names.caller(call)]
  return [text().commands[command.type], ...about].filter(Boolean).join(' · ')
}

/** What somebody wrote in a command, so that it can be read when the command is refused. */
export const writtenIn = (command: Command): string | undefined =>
  'particulars' in command ? command.particulars?.words : undefined
