import { usePage } from '../page/page-context';
import type { VNode } from 'preact';
import { gradeFilters } from '../../../application/audit/audit-list';
import type { Verdict } from '../../../domain/audit/check';
import type { Grade } from '../../../domain/kernel/grade';
import { verdictInWords } from '../../phrasing/audit/verdict-text';
import { sentences } from '../../phrasing/sentences';
import { verdicts } from './list-query';

const circle = 'M8 1.2a6.8 6.8 0 1 0 0 13.6A6.8 6.8 0 0 0 8 1.2z';
/** A shape of its own for each verdict: colour never says it alone. */
const shapes: Readonly<Record<Verdict, readonly string[]>> = {
  pass: [circle, 'M4.8 8.2l2.2 2.2 4.2-4.6'],
  warn: ['M8 1.6L15 14H1z', 'M8 6v3.6M8 11.4v.8'],
  fail: ['M5.2 1.2h5.6l4 4v5.6l-4 4H5.2l-4-4V5.2z', 'M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8'],
  pending: [circle, 'M8 4.4V8l2.6 1.8'],
  waived: ['M2 3.4h12v9.2H2z', 'M5 8h6'],
  'not-applicable': ['M3.4 12.6l9.2-9.2', circle],
};

const VerdictIcon = ({ verdict }: { readonly verdict: Verdict }): VNode => (
  <svg viewBox="0 0 16 16" width="16" height="16" fill="none" stroke="currentColor" stroke-width="1.7" aria-hidden="true">
    {shapes[verdict].map((d) => (
      <path d={d} />
    ))}
  </svg>
);

type TagParts = { readonly verdict: Verdict; readonly grade?: Grade | null | undefined; readonly text?: string };

/** A verdict by its shape, its word and its colour, and in words how it is known. */
export const VerdictTag = ({ verdict, grade, text }: TagParts): VNode => {
  const { locale } = usePage();
  return (
    <span class={`tag verdict verdict-${verdict}`}>
      <VerdictIcon verdict={verdict} />
      {text ?? verdictInWords(verdict, grade, locale)}
    </span>
  );
};

/** What it means that something was observed, declared, or declared where it could have been observed. */
const GradeLegend = (): VNode => {
  const { locale } = usePage();
  const words = sentences[locale].audit.grades;
  return (
    <section aria-labelledby="grade">
      <h2 id="grade">{words.title}</h2>
      <dl class="verdict-legend">
        {gradeFilters.map((grade) => (
          <div>
            <dt>{words[grade].name}</dt>
            <dd>{words[grade].means}</dd>
          </div>
        ))}
      </dl>
      <p>{words.weakest}</p>
    </section>
  );
};

/** What each of the six verdicts means, with its shape, and how it may be known. */
export const VerdictLegend = (): VNode => {
  const { locale } = usePage();
  return (
    <>
      <section aria-labelledby="verdicte">
        <h2 id="verdicte">{sentences[locale].audit.list.meanings}</h2>
        <dl class="verdict-legend">
          {verdicts.map((verdict) => (
            <div>
              <dt>
                <VerdictTag verdict={verdict} />
              </dt>
              <dd>{sentences[locale].audit.verdicts[verdict].means}</dd>
            </div>
          ))}
        </dl>
        <p>{sentences[locale].audit.list.overallMeans}</p>
      </section>
      <GradeLegend />
    </>
  );
};
