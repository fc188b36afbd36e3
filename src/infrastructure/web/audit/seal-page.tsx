import type { VNode } from 'preact';
import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';
import { plusHours } from '../../../domain/time/civil-time';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { numberInWords } from '../../phrasing/words/counted';
import type { LogSealTold } from './seal-told';
import { moment } from '../../phrasing/audit/told';
import { sentences } from '../../phrasing/sentences';

type Sealed = Extract<LogSealTold, { readonly kind: 'sealed' }>;

const hoursOfADay = 24;

const Witness = ({ witnessed, locale, at }: Pick<Sealed, 'witnessed'> & { readonly locale: Locale; readonly at: Instant }): VNode => {
  const { page: words } = sentences[locale].audit.seal;
  const newest = witnessed?.cosigned
    .map((one) => one.at)
    .toSorted()
    .at(-1);
  return (
    <section aria-labelledby="martor">
      <h2 id="martor">{words.witness}</h2>
      {witnessed === undefined ? <p class="notice notice-warn">{words.nobody}</p> : null}
      {witnessed?.cosigned.map((one) => (
        <p>
          <strong>{one.name}</strong> {words.cosigned} {moment(one.at, locale)}: {words.ofSize({ count: witnessed.size })}
        </p>
      ))}
      {newest !== undefined && plusHours(newest, hoursOfADay) < at ? <p class="notice notice-warn">{words.old}</p> : null}
    </section>
  );
};

const Standing = ({ told, locale, at }: { readonly told: Sealed; readonly locale: Locale; readonly at: Instant }): VNode => {
  const words = sentences[locale].audit.seal;
  return (
    <>
      <h2>{words.page.now}</h2>
      <SummaryList
        rows={[
          { label: words.page.size, value: numberInWords(told.newest.size, locale) },
          { label: words.root, value: <code>{told.newest.root}</code> },
          {
            label: words.page.key,
            value: (
              <>
                <code>{told.verifier}</code>
                <br />
                <span class="hint">{words.page.compare}</span>
              </>
            ),
          },
        ]}
      />
      <h2>{words.page.checkpoint}</h2>
      <pre class="kept">
        <code>{told.newest.note}</code>
      </pre>
      <p class="hint">{words.page.checkpointHint}</p>
      <p class="actions">
        <a class="button" href="/audit/sigiliu/punct-de-control.txt" download>
          {words.page.download}
        </a>
      </p>
      <Witness {...defined({ witnessed: told.witnessed })} locale={locale} at={at} />
    </>
  );
};

/** The seal of the whole log, what it means, and how anybody verifies it. */
export const SealPage = ({ context, told }: { readonly context: PageContext; readonly told: LogSealTold }): VNode => {
  const { locale, at } = context;
  const words = sentences[locale].audit.seal;
  const { page } = words;
  return (
    <Document context={context} title={page.title} side="office">
      <Heading back={{ href: '/audit', text: page.back }} lead={page.lead}>
        {page.title}
      </Heading>
      {told.kind === 'not-sealed' ? <p class="notice notice-warn">{words.notSealed}</p> : null}
      {told.kind === 'not-yet' ? <p class="notice">{page.none}</p> : null}
      {told.kind === 'broken' ? (
        <div class="notice notice-bad">
          <p>
            <strong>{words.broken}</strong>
          </p>
          <p>{words.whatToDo}</p>
        </div>
      ) : null}
      {told.kind === 'not-yet' || told.kind === 'broken' ? (
        <SummaryList rows={[{ label: page.key, value: <code>{told.verifier}</code> }]} />
      ) : null}
      {told.kind === 'sealed' ? <Standing told={told} locale={locale} at={at} /> : null}
      <h2>{page.how}</h2>
      <ol>
        {page.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p>{page.withProgram}</p>
      <pre class="kept">
        <code>tichet verify TA-7K2M9QXD-dovada.json --key cheia.txt</code>
      </pre>
      <p>{page.withPython}</p>
      <pre class="kept">
        <code>python3 verify_ticket.py --key cheia.txt TA-7K2M9QXD-dovada.json</code>
      </pre>
      <h2>{page.means}</h2>
      {page.meanings.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </Document>
  );
};
