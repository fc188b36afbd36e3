import type { VNode } from 'preact';
import type { DutyAt } from '../../../domain/duties/duties';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { shapeOfDuty } from '../../../domain/duties/duty-kinds';
import { type DutyLabel, dutyLabel } from '../../phrasing/audit/duty-text';
import { moment } from '../../phrasing/audit/step-text';
import { usePage, useWords } from '../page/page-context';
import { Article } from '../parts/article';
import { Deadlines } from '../parts/deadlines';

const tagOf = { open: 'tag-quiet', met: 'tag-good', late: 'tag-warn', missed: 'tag-bad', overdue: 'tag-bad' } as const satisfies Readonly<
  Record<DutyLabel, string>
>;

const DutyRow = ({ duty, at }: { readonly duty: DutyAt; readonly at: Instant }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.duties;
  const shown = dutyLabel(duty);
  const { kind, article, owedBy, staffId, metAt, targetAt, limitAt } = duty;
  return (
    <li>
      <strong>{shapeOfDuty(kind).name[locale]}</strong> <Article article={article} locale={locale} />
      <br />
      <span class={`tag ${tagOf[shown]}`}>{words.states[shown]}</span>{' '}
      {metAt === undefined ? null : (
        <span>
          {words.doneAt} {moment(metAt, locale)}
        </span>
      )}
      <br />
      <Deadlines {...defined({ targetAt })} limitAt={limitAt} isOpen={metAt === undefined} lookedAt={at} />
      <br />
      <span class="hint">
        {words.owers[owedBy]}
        {owedBy === 'service' ? null : (
          <>
            : <code>{staffId}</code>
          </>
        )}
      </span>
    </li>
  );
};

/** Who owes what of this ticket, by when, and how it stands at the moment that is looked at. */
export const DutiesView = ({ duties, at }: { readonly duties: readonly DutyAt[]; readonly at: Instant }): VNode => {
  const words = useWords().audit.duties;
  return (
    <section class="card" aria-labelledby="termene">
      <h2 id="termene">{words.title}</h2>
      {duties.length === 0 ? <p>{words.none}</p> : null}
      <ul class="duties">
        {duties.map((duty) => (
          <DutyRow duty={duty} at={at} />
        ))}
      </ul>
    </section>
  );
};
