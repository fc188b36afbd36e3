import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import type { Chain } from './ticket-view';
import { VerdictTag } from './verdict-tag';
import { sentences } from '../../phrasing/sentences';

/** Whether the seals of this ticket hold, computed again from the bytes in the log; where they break, at which event and how. */
export const ChainView = ({
  chain: { events, fault, sealUnreadable, lastHash },
  ticketId,
  locale,
}: {
  readonly chain: Chain;
  readonly ticketId: string;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].audit.ticket;
  return (
    <section class="card" aria-labelledby="lant">
      <h2 id="lant">{words.chain} (C21)</h2>
      {sealUnreadable ? (
        <p class="notice notice-bad">
          <VerdictTag verdict="fail" locale={locale} /> {words.sealUnreadable}
        </p>
      ) : fault === undefined ? (
        <p>
          <VerdictTag verdict="pass" locale={locale} /> {words.chainWhole({ count: events })}
        </p>
      ) : (
        <p class="notice notice-bad">
          <VerdictTag verdict="fail" locale={locale} /> {words.chainBroken}{' '}
          <a href={`/audit/${ticketId}/eveniment/${fault.revision + 1}`}>{fault.revision + 1}</a>: {words.chainReasons[fault.reason]}.
        </p>
      )}
      {lastHash === undefined ? null : (
        <p>
          {words.lastHash}: <code>{lastHash}</code>
        </p>
      )}
      <p>{words.chainMeans}</p>
    </section>
  );
};
