import type { DutyAt } from '../../../domain/duties/duties';
import { shapeOfDuty } from '../../../domain/duties/duty-kinds';
import { dutyLabel } from '../../phrasing/audit/duty-text';
import { inBoth } from '../../phrasing/sentences';
import { articleWords } from './explained-lines';
import type { Invocation } from './invocation';

/** A line a duty: what, by which article, who, the target and the limit, and how it stands. */
export const printDuties = (cli: Invocation, duties: readonly DutyAt[]): void => {
  if (duties.length === 0) return;
  const { title, states, owers } = inBoth.audit.duties;
  const { target, limit } = inBoth.office.deadlines;
  cli.print(`${cli.say(title)}:`);
  for (const duty of duties) {
    const { kind, article, owedBy, staffId, targetAt, limitAt, metAt } = duty;
    const who = owedBy === 'service' ? cli.say(owers[owedBy]) : `${cli.say(owers[owedBy])} ${staffId}`;
    const dates = [...(targetAt === undefined ? [] : [`${cli.say(target)} ${targetAt}`]), `${cli.say(limit)} ${limitAt}`];
    const standing = `${cli.say(states[dutyLabel(duty)])}${metAt === undefined ? '' : ` (${metAt})`}`;
    cli.print([cli.say(shapeOfDuty(kind).name), cli.say(articleWords(article)), who, ...dates, standing].join('  '));
  }
};
