import { policiesWith, type Policies, type PolicyName, type PolicyStamp } from '../policies';
import { first, type Dossier } from './dossier';

const rulebook = policiesWith();

/** The policies that a check asks for as they stood then. */
export type JudgedPolicy =
  'lead-time' | 'verification' | 'invitation-lead' | 'recording-coverage' | 'recording-deadline' | 'outcome-deadline';

/** Version 1 is the rulebook's own reading, which is what counts where `Requested` has no stamp. */
const rulebookVersion = 1;

/** Of the stamps of `Requested` those that say more than none would; that there were stamps at all (C01) stays visible. */
export const requestedStamps = (stamps: readonly PolicyStamp[]): readonly PolicyStamp[] => {
  const kept = stamps.filter(({ version }) => version !== rulebookVersion);
  return kept.length > 0 ? kept : stamps.slice(0, 1);
};

/** Of a later fact's stamps those that a check asks that fact for. */
export const judgedStamps = (stamps: readonly PolicyStamp[], ...judged: readonly JudgedPolicy[]): readonly PolicyStamp[] =>
  stamps.filter(({ name }) => judged.some((policy) => policy === name));

const isNamed =
  <N extends PolicyName>(name: N) =>
  (stamp: PolicyStamp | Policies[N]): stamp is Policies[N] =>
    stamp.name === name;

/**
 * The policy in force then: as stamped in the fact that used it, else in the ticket's `Requested`;
 * a fact without a stamp was made under the rulebook's own first reading. Never today's.
 */
export const policyThen = <N extends JudgedPolicy>(
  dossier: Pick<Dossier, 'ticket'>,
  name: N,
  stamps: readonly PolicyStamp[] = [],
): Policies[N] => stamps.find(isNamed(name)) ?? first(dossier, 'Requested')?.fact.data.policies.find(isNamed(name)) ?? rulebook[name];
