import { dictionary } from '@/shared/i18n/language.svelte'

const fr = {
  title: 'Entrer',
  subtitle: 'Médiation de nuit : appels, sollicitations, binômes',
  account: 'Compte',
  password: 'Mot de passe',
  enter: 'Entrer',
  entering: 'Vérification…',
  wrong: 'Compte ou mot de passe inconnu.',
  tooOften: 'Trop d’essais. Attendez une minute.',
  otherAddress: 'Vigie n’est pas connue sous cette adresse. Demandez la bonne à votre administrateur.',
  unreachable: 'Le serveur ne répond pas. Réessayez dans un instant.',
  waiting: (account: string, n: number) =>
    n === 1
      ? `Une action de ${account} attend sur cet appareil. Elle partira quand ce compte s’y connectera.`
      : `${n} actions de ${account} attendent sur cet appareil. Elles partiront quand ce compte s’y connectera.`,
}

const en: typeof fr = {
  title: 'Sign in',
  subtitle: 'Night mediation: calls, requests, teams',
  account: 'Account',
  password: 'Password',
  enter: 'Sign in',
  entering: 'Checking…',
  wrong: 'Unknown account or password.',
  tooOften: 'Too many attempts. Wait a minute.',
  otherAddress: 'Vigie is not known by this address. Ask your administrator for the right one.',
  unreachable: 'The server does not answer. Try again in a moment.',
  waiting: (account, n) =>
    n === 1
      ? `One action of ${account} waits on this device. It goes out when this account signs in here.`
      : `${n} actions of ${account} wait on this device. They go out when this account signs in here.`,
}

export const text = dictionary(fr, en)
