import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defined } from '@tichet-albastru/kernel/defined';
import { referenceOf } from '../../../domain/ticket/ticket';
import { ticketOnPaper } from '../../export/paper/ticket-on-paper';
import { sendExport, sendLines } from '../../export/send-export';
import { TicketPath } from '../../api/dto/paths';
import { answered, HttpProblem } from '../../api/problem/problem';
import { StrictInput } from '../../api/validation/strict-input';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { type Closing, closings } from '../../proof/damaged-streams';
import { type ExportQuery, writeExport } from '../../proof/export/write-export';
import { judgedProof } from '../../proof/ticket-proof';
import { ticketProofText } from '../../proof/verify/read-ticket-proof';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { listQuery } from './list-query';
import { logSealView, type LogSealView, momentQuery } from './ticket-view';
import { inBoth } from '../../phrasing/sentences';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import type { Instant } from '../../../domain/kernel/fact';
import { civilDateOf, plusHours } from '../../../domain/time/civil-time';
import { HeadedPage } from '../page/document';
import { Closings } from '../parts/closings';
import { SummaryList } from '../parts/summary-list';
import { numberInWords } from '../../phrasing/words/dates';
import { moment } from '../../phrasing/audit/step-text';

type Sealed = Extract<LogSealView, { readonly kind: 'sealed' }>;

const hoursOfADay = 24;

const Witness = ({ witnessed, at }: Pick<Sealed, 'witnessed'> & { readonly at: Instant }): VNode => {
  const { locale } = usePage();
  const { page: words } = useWords().audit.seal;
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

const Standing = ({ status, at }: { readonly status: Sealed; readonly at: Instant }): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.seal;
  return (
    <>
      <h2>{words.page.now}</h2>
      <SummaryList
        rows={[
          { label: words.page.size, value: numberInWords(status.newest.size, locale) },
          { label: words.root, value: <code>{status.newest.root}</code> },
          {
            label: words.page.key,
            value: (
              <>
                <code>{status.verifier}</code>
                <br />
                <span class="hint">{words.page.compare}</span>
              </>
            ),
          },
        ]}
      />
      <h2>{words.page.checkpoint}</h2>
      <pre class="kept">
        <code>{status.newest.note}</code>
      </pre>
      <p class="hint">{words.page.checkpointHint}</p>
      <p class="actions">
        <a class="button" href="/audit/sigiliu/punct-de-control.txt" download>
          {words.page.download}
        </a>
      </p>
      <Witness {...defined({ witnessed: status.witnessed })} at={at} />
    </>
  );
};

/** The seal of the whole log, what it means, and how a reader verifies it. */
const SealPage = ({ status, closed }: { readonly status: LogSealView; readonly closed: readonly Closing[] }): VNode => {
  const { at } = usePage();
  const words = useWords().audit.seal;
  const { page } = words;
  return (
    <HeadedPage title={page.title} back={{ href: '/audit', text: page.back }} lead={page.lead}>
      {status.kind === 'not-sealed' ? <p class="notice notice-warn">{words.notSealed}</p> : null}
      {status.kind === 'not-yet' ? <p class="notice">{page.none}</p> : null}
      {status.kind === 'broken' ? (
        <div class="notice notice-bad">
          <p>
            <strong>{words.broken}</strong>
          </p>
          <p>{words.whatToDo}</p>
        </div>
      ) : null}
      {status.kind === 'not-yet' || status.kind === 'broken' ? (
        <SummaryList rows={[{ label: page.key, value: <code>{status.verifier}</code> }]} />
      ) : null}
      {status.kind === 'sealed' ? <Standing status={status} at={at} /> : null}
      <Closings closings={closed} />
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
      <p>{page.withJudge}</p>
      <pre class="kept">
        <code>tichet judge TA-7K2M9QXD-dovada.json --key cheia.txt</code>
      </pre>
      <h2>{page.means}</h2>
      {page.meanings.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </HeadedPage>
  );
};

const ofATicket = new StrictInput();

/** After the days of the meetings that it holds, and the day on which it was written. */
const nameOfExport = ({ from, to }: Pick<ExportQuery, 'from' | 'to'>, now: Instant): string => {
  const days = from === undefined && to === undefined ? 'toate' : [...new Set([from ?? 'inceput', to ?? 'sfarsit'])].join('_');
  return `audit_${days}_din-${civilDateOf(now)}.jsonl`;
};

/** The seal of the log, and what is taken along that it proves. */
@Pages('audit')
export class SealController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get('sigiliu')
  @ForOfficials('audit.read')
  async seal(): Promise<Answer> {
    const status = await logSealView(this.opened.ports);
    return view(<SealPage status={status} closed={await closings(this.opened.ports.store)} />);
  }

  @Get('sigiliu/punct-de-control.txt')
  @ForOfficials('audit.read')
  async checkpoint(@Res() reply: FastifyReply): Promise<void> {
    const status = await logSealView(this.opened.ports);
    if (status.kind !== 'sealed') throw new HttpProblem({ code: 'not-found' });
    const { newest } = status;
    sendExport(reply, `punct-de-control-${newest.size}.txt`, 'txt', newest.note);
  }

  @Get('export.jsonl')
  @ForOfficials('audit.read')
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    const { faults, days } = listQuery(query, localeOfPage(request));
    if (faults.length > 0) throw new HttpProblem({ code: 'invalid' });
    const { ports, sealing } = this.opened;
    const lines = writeExport(ports, { ...days, ...defined({ signer: sealing?.key }) });
    await sendLines(reply, nameOfExport(days, ports.clock.now()), 'jsonl', lines);
  }

  @Get(':id/dovada')
  @ForOfficials('audit.tickets', 'audited')
  async proof(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath): Promise<void> {
    const proved = answered(await judgedProof(this.opened.ports, id, this.opened.sealing?.key));
    if (proved.kind !== 'proved')
      throw new HttpProblem({
        code: 'not-found',
        detail: inBoth.audit.seal.noProof[proved.kind],
      });
    sendExport(reply, `${referenceOf(id)}-dovada.json`, 'json', ticketProofText(proved.proof));
  }

  @Get(':id/dosar.pdf')
  @ForOfficials('audit.tickets', 'audited')
  async paper(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param(ofATicket) { id }: TicketPath,
    @Query() query: unknown,
  ): Promise<void> {
    const languages = localeOfPage(request) === 'ro' ? ({ locale: 'ro', small: 'en' } as const) : ({ locale: 'en' } as const);
    const drawn = answered(await ticketOnPaper(this.opened.ports, { ticketId: id, ...momentQuery(query) }, languages));
    sendExport(reply, `${drawn.reference}.pdf`, 'pdf', drawn.bytes);
  }
}
