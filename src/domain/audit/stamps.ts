import { policiesWith, type Policies, type PolicyName, type PolicyStamp } from '../policies';
import { first, type Dossier } from './dossier';

const rulebook = policiesWith();

const isNamed =
  <N extends PolicyName>(name: N) =>
  (stamp: PolicyStamp | Policies[N]): stamp is Policies[N] =>
    stamp.name === name;

/**
 * The policy in force then: as stamped in the fact that used it, else in the ticket's `Requested`;
 * a fact without a stamp was made under the rulebook's own first reading. Never today's.
 */
export const policyThen = <N extends PolicyName>(
  dossier: Pick<Dossier, 'ticket'>,
  name: N,
  stamps: readonly PolicyStamp[] = [],
): Policies[N] => [...stamps, ...(first(dossier, 'Requested')?.fact.data.policies ?? [])].find(isNamed(name)) ?? rulebook[name];
