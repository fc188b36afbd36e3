import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { Verdict } from '../../../domain/audit/check';
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

/** A verdict by its shape, its word and its colour. */
export const VerdictTag = ({ verdict, text }: { readonly verdict: Verdict; readonly text?: string }): VNode => (
  <span class={`tag verdict verdict-${verdict}`}>
    <VerdictIcon verdict={verdict} />
    {text ?? useWords().audit.verdicts[verdict].name}
  </span>
);

/** What each of the six verdicts means, with its shape. */
export const VerdictLegend = (): VNode => {
  const { locale } = usePage();
  return (
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
  );
};
