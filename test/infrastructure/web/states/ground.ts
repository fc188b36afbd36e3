import { arrive, click, goTo, stateOf, type PageState } from './state';

/** What belongs to no area: the language that is chosen, and the way out. */
export const groundStates: readonly PageState[] = [
  stateOf('where-one-is-signed-in', { role: 'auditor' }, goTo('/intra/sesiuni')),
  stateOf('language-chosen', 'citizen', goTo('/limba/en?spre=/')),
  stateOf('signed-out', { role: 'auditor' }, goTo('/nimic-aici'), click('.who button'), arrive('/')),
];
