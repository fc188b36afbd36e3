import type { VNode } from 'preact';
import type { RefusedAttempt } from '../../../application/audit/attempts-refused';
import type { Locale } from '../../../domain/ticket/facts';
import { problemCatalogue } from '../../phrasing/problems/catalogue';
import { Article } from '../parts/article';
import type { Words } from '../../phrasing/words/both';
import { attemptWords } from './attempt-words';
import { actorInWords } from '../../phrasing/audit/step-told';
import { moment } from '../../phrasing/audit/told';

const refusedWords: Words<{ readonly title: string; readonly means: string }> = {
  ro: {
    title: 'Încercări refuzate',
    means: 'Din jurnalul operațional, păstrat un timp: nu au schimbat nimic și nu sunt fapte ale dosarului.',
  },
  en: {
    title: 'Refused attempts',
    means: 'From the operational journal, kept for some time: they changed nothing and are no facts of the case.',
  },
};

/** What was refused about this ticket and its request, up to the moment that is looked at; nothing when nothing was. */
export const RefusedShown = ({
  refused,
  locale,
}: {
  readonly refused: readonly RefusedAttempt[];
  readonly locale: Locale;
}): VNode | null => {
  if (refused.length === 0) return null;
  const words = refusedWords[locale];
  return (
    <section class="card" aria-labelledby="refuzate">
      <h2 id="refuzate">{words.title}</h2>
      <ul>
        {refused.map(({ at, command, actor, code, article }) => (
          <li>
            {moment(at, locale)}: {attemptWords[locale].get(command) ?? command}, {actorInWords(actor, locale)}
            <br />
            {problemCatalogue[code].detail[locale]} {article === undefined ? null : <Article article={article} locale={locale} />}
          </li>
        ))}
      </ul>
      <p class="hint">{words.means}</p>
    </section>
  );
};
