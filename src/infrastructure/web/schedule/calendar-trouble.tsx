import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import type { Colleague } from './people';
import { sentences } from '../../phrasing/sentences';

/** A task that belongs to no ticket: a calendar that could not be read for a day. Named where it is another's. */
export const CalendarTrouble = ({ of, locale }: { readonly of: readonly Partial<Colleague>[]; readonly locale: Locale }): VNode => {
  const words = sentences[locale].office.calendar;
  return (
    <>
      {of.map(({ staffId = '', name }) => (
        <div class="notice notice-warn">
          <p>
            {name === undefined ? null : `${name}: `}
            {words.trouble} <a href={`/program/${staffId}/calendar`}>{words.look}</a>
          </p>
        </div>
      ))}
    </>
  );
};
