import type { VNode } from 'preact';
import type { PageContext } from '../page/page-context';
import { plainDate } from '../../phrasing/words/dates';
import { OnceField } from '../forms/forms-shown';
import { sentences } from '../../phrasing/sentences';

export type RequestToTry = {
  readonly number: string;
  readonly filedOn: string;
  readonly name: string;
};

/** What a citizen would type at the first step (Art. 3 b), filled in: the name goes in the form, never in an address. */
const fieldsOf = ({ number, filedOn, name }: RequestToTry): readonly (readonly [string, string])[] => [
  ['requestNumber', number],
  ['applicantName', name],
  ['day', String(Number(filedOn.slice(8)))],
  ['month', String(Number(filedOn.slice(5, 7)))],
  ['year', filedOn.slice(0, 4)],
];

/** Registered requests, each with one click that begins with it, and with what to copy for whoever wants to type. */
export const RequestsToTry = ({
  context: { locale },
  toTry,
}: {
  readonly context: PageContext;
  readonly toTry: readonly RequestToTry[];
}): VNode => {
  const words = sentences[locale].home;
  return (
    <ul class="people">
      {toTry.map((request) => (
        <li>
          <span>
            {request.name}
            <small>{`${words.number} ${request.number}, ${words.filedOn} ${plainDate(request.filedOn, locale)}`}</small>
          </span>
          <form method="post" action="/programare/cerere">
            <OnceField />
            {fieldsOf(request).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <button>
              {words.tryIt}
              <span class="unseen">{` ${words.withRequest} ${request.number}`}</span>
            </button>
          </form>
        </li>
      ))}
    </ul>
  );
};
