import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { verdicts } from './list-asked';
import { VerdictTag } from './verdict-tag';
import { verdictWords } from '../../phrasing/audit/verdict-words';
import { auditWords } from './words';

/** What each of the six verdicts means, with its shape. */
export const VerdictLegend = ({ locale }: { readonly locale: Locale }): VNode => (
  <section aria-labelledby="verdicte">
    <h2 id="verdicte">{auditWords[locale].meanings}</h2>
    <dl class="verdict-legend">
      {verdicts.map((verdict) => (
        <div>
          <dt>
            <VerdictTag verdict={verdict} locale={locale} />
          </dt>
          <dd>{verdictWords[locale][verdict].means}</dd>
        </div>
      ))}
    </dl>
    <p>{auditWords[locale].overallMeans}</p>
  </section>
);
