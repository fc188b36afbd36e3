import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { type Fault, faultOf, Select, TextField } from '../parts/fields';
import { type PeriodTyped, periodQuery, type ReadyPeriod, readyPeriods, samePeriod } from './period';
import { sentences } from '../../phrasing/sentences';

const readyNames: readonly ReadyPeriod[] = ['latest', 'month', 'year'];

/** Which days, and of which department; the periods that are asked for most are links. */
export const PeriodForm = ({
  context: { locale, at },
  typed,
  faults,
  department,
  departments,
}: {
  readonly context: PageContext;
  readonly typed: PeriodTyped;
  readonly faults: readonly Fault[];
  readonly department: string | undefined;
  readonly departments: readonly string[];
}): VNode => {
  const words = sentences[locale].figures;
  const names = department === undefined || departments.includes(department) ? departments : [...departments, department];
  return (
    <form method="get" action="/rapoarte" class="card period" novalidate>
      <TextField name="from" label={words.from} type="date" value={typed.from} width="middle" fault={faultOf(faults, 'from')} />
      <TextField name="to" label={words.to} type="date" value={typed.to} width="middle" fault={faultOf(faults, 'to')} />
      <Select
        name="department"
        label={words.department}
        value={department ?? ''}
        options={[{ value: '', label: words.everywhere }, ...names.map((name) => ({ value: name, label: name }))]}
      />
      <button>{words.show}</button>
      <p class="ready">
        {words.readyTitle}:{' '}
        {readyNames.map((name, index) => {
          const period = readyPeriods[name](at);
          return (
            <>
              {index === 0 ? null : ' · '}
              <a href={`/rapoarte${periodQuery(period, department)}`} aria-current={samePeriod(period, typed) ? 'true' : undefined}>
                {words.ready[name]}
              </a>
            </>
          );
        })}
      </p>
    </form>
  );
};
