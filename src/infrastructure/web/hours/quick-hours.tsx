import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import type { PageContext } from '../page/page-context';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import type { HoursShown } from './hours-shown';
import { withCapital } from './week-strip';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-shown';

export type PickerParts = {
  readonly context: PageContext;
  readonly hours: HoursShown;
  /** of the page, and where its forms go */
  readonly path: string;
  readonly submit: string;
  readonly chosen?: Instant | undefined;
  readonly fault?: string | undefined;
};

/** One hour with a button of its own. */
const OneHour = ({ path, start, text }: Pick<PickerParts, 'path'> & { readonly start: Instant; readonly text: string }): VNode => (
  <form method="post" action={path}>
    <OnceField />
    <input type="hidden" name="startsAt" value={start} />
    <button class="second">{text}</button>
  </form>
);

/** The first hour of all. */
export const FirstHour = ({ context: { locale }, hours: { first }, path }: PickerParts): VNode | null => {
  const words = sentences[locale].hours;
  if (first === undefined) return <p class="notice notice-warn">{words.noneAtAll}</p>;
  return (
    <div class="first-hour">
      <p>
        <b>{words.first}</b>
        <br />
        {`${withCapital(dayAndMonth(first, locale))}, ${words.hour} ${hour(first)}`}
      </p>
      <OneHour path={path} start={first} text={words.takeFirst} />
    </div>
  );
};

/** Near the hour that is gone: each with one press. */
export const Nearest = ({ context: { locale }, hours: { nearest }, path }: PickerParts): VNode | null =>
  nearest.length === 0 ? null : (
    <div class="first-hour">
      <p>
        <b>{sentences[locale].hours.nearest}</b>
      </p>
      <div class="near">
        {nearest.map((start) => (
          <OneHour path={path} start={start} text={`${withCapital(dayAndMonth(start, locale))}, ${hour(start)}`} />
        ))}
      </div>
    </div>
  );
