import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { type ProblemCode, problemCatalogue } from '../../phrasing/problems/catalogue';
import { type Problem, statusOf } from '../../api/problem/problem';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { pathHere } from '../page/path-here';
import { Article } from '../parts/article';
import { nextSteps } from './next-steps';
import { sentences } from '../../phrasing/sentences';

const secondsAMinute = 60;

/** `Încercați din nou peste 42 de secunde.` */
const whenAgain = (seconds: number, locale: Locale): string => {
  const words = sentences[locale].problems;
  return seconds < 2 * secondsAMinute ? words.seconds({ count: seconds }) : words.minutes({ count: Math.ceil(seconds / secondsAMinute) });
};

/** For people, where the catalogue of problems speaks to programs; `forOfficials` where they have to know more. */
type Said = { readonly title: string; readonly detail: string; readonly forOfficials?: string };
const saidOfProblem = (locale: Locale): Readonly<Partial<Record<ProblemCode, Said>>> => sentences[locale].problems.said;

/** What happened, in a sentence, and what can be done now. */
export const ProblemPage = ({
  context,
  problem: { code, article, errors = [], detail, retryAfterSeconds },
  asked,
}: {
  readonly context: PageContext;
  readonly problem: Problem;
  /** the page was only asked for: asking again does nothing twice */
  readonly asked: boolean;
}): VNode => {
  const { locale, official, url } = context;
  const words = sentences[locale].problems;
  const said = saidOfProblem(locale)[code];
  const title = said?.title ?? problemCatalogue[code].title[locale];
  return (
    <Document context={context} title={title} side={official ? 'office' : 'public'}>
      <h1>{title}</h1>
      <p class="lead">{detail?.[locale] ?? (official && said?.forOfficials) ?? said?.detail ?? problemCatalogue[code].detail[locale]}</p>
      {article === undefined ? null : (
        <p>
          {words.rule} <Article article={article} locale={locale} />
        </p>
      )}
      {errors.length === 0 ? null : (
        <ul>
          {errors.map(({ field, message }) => (
            <li>
              {field}: {message[locale]}
            </li>
          ))}
        </ul>
      )}
      {retryAfterSeconds === undefined ? null : (
        <>
          <p>
            {whenAgain(retryAfterSeconds, locale)} {words.nothingLost}
          </p>
          {asked ? (
            <p class="actions">
              <a class="button" href={pathHere(url)}>
                {words.again}
              </a>
            </p>
          ) : null}
        </>
      )}
      {official === undefined ? null : (
        <p>
          {words.enteredAs} <strong>{official.name ?? sentences[locale].frame.roles[official.role]}</strong>
        </p>
      )}
      <h2>{words.next}</h2>
      <ul>
        {nextSteps(official?.role, locale).map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
      <p>
        <small>
          {words.code} {statusOf(code)}
        </small>
      </p>
    </Document>
  );
};
