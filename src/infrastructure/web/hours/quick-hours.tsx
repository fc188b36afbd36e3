import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import type { PageContext } from '../page/page-context';
import { dayAndMonth, hour } from '../../phrasing/words/dates';
import type { HoursShown } from './hours-shown';
import { withCapital } from './week-strip';
import { sentences } from '../../phrasing/sentences';

export type PickerParts = {
  readonly context: PageContext;
  readonly hours: HoursShown;
  /** of the page, and where its forms go */
  readonly path: string;
  readonly once: string;
  readonly submit: string;
  readonly chosen?: Instant | undefined;
  readonly fault?: string | undefined;
};

/** One hour with a button of its own. */
const OneHour = ({
  path,
  once,
  start,
  text,
}: Pick<PickerParts, 'path' | 'once'> & { readonly start: Instant; readonly text: string }): VNode => (
  <form method="post" action={path}>
    <input type="hidden" name="once" value={once} />
    <input type="hidden" name="startsAt" value={start} />
    <button class="second">{text}</button>
  </form>
);

/** The first hour of all. */
export const FirstHour = ({ context: { locale }, hours: { first }, path, once }: PickerParts): VNode | null => {
  const words = sentences[locale].hours;
  if (first === undefined) return <p class="notice notice-warn">{words.noneAtAll}</p>;
  return (
    <div class="first-hour">
      <p>
        <b>{words.first}</b>
        <br />
        {`${withCapital(dayAndMonth(first, locale))}, ${words.hour} ${hour(first)}`}
      </p>
      <OneHour path={path} once={`${once}-1`} start={first} text={words.takeFirst} />
    </div>
  );
};

/** Near the hour that is gone: each with one press. */
export const Nearest = ({ context: { locale }, hours: { nearest }, path, once }: PickerParts): VNode | null =>
  nearest.length === 0 ? null : (
    <div class="first-hour">
      <p>
        <b>{sentences[locale].hours.nearest}</b>
      </p>
      <div class="near">
        {nearest.map((start, index) => (
          <OneHour
            path={path}
            once={`${once}-${index + 2}`}
            start={start}
            text={`${withCapital(dayAndMonth(start, locale))}, ${hour(start)}`}
          />
        ))}
      </div>
    </div>
  );
