import type { VNode } from 'preact';
import type { RefusedAttempt } from '../../../application/audit/audit-ticket';
import type { Locale } from '../../../domain/ticket/facts';
import { problemCatalogue } from '../../phrasing/problems/catalogue';
import { Article } from '../parts/article';
import { actorInWords } from '../../phrasing/audit/step-told';
import { moment } from '../../phrasing/audit/told';
import { saidOf, sentences } from '../../phrasing/sentences';

/** What was refused about this ticket and its request, up to the moment that is looked at; nothing when nothing was. */
export const RefusedShown = ({
  refused,
  locale,
}: {
  readonly refused: readonly RefusedAttempt[];
  readonly locale: Locale;
}): VNode | null => {
  if (refused.length === 0) return null;
  const words = sentences[locale].audit.refused;
  return (
    <section class="card" aria-labelledby="refuzate">
      <h2 id="refuzate">{words.title}</h2>
      <ul>
        {refused.map(({ at, command, actor, code, article }) => (
          <li>
            {moment(at, locale)}: {saidOf(sentences[locale].audit.attempts, command) ?? command}, {actorInWords(actor, locale)}
            <br />
            {problemCatalogue[code].detail[locale]} {article === undefined ? null : <Article article={article} locale={locale} />}
          </li>
        ))}
      </ul>
      <p class="hint">{words.means}</p>
    </section>
  );
};
