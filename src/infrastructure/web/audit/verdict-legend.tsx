import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { verdicts } from './list-query';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

/** What each of the six verdicts means, with its shape. */
export const VerdictLegend = ({ locale }: { readonly locale: Locale }): VNode => (
  <section aria-labelledby="verdicte">
    <h2 id="verdicte">{sentences[locale].audit.list.meanings}</h2>
    <dl class="verdict-legend">
      {verdicts.map((verdict) => (
        <div>
          <dt>
            <VerdictTag verdict={verdict} locale={locale} />
          </dt>
          <dd>{sentences[locale].audit.verdicts[verdict].means}</dd>
        </div>
      ))}
    </dl>
    <p>{sentences[locale].audit.list.overallMeans}</p>
  </section>
);
