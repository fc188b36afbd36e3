import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { CloseStream } from '../../../application/operation/close-stream';
import { isRefusal } from '../../../domain/kernel/refusal';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { type Closing, closings, type DamagedStream, damagedStreams } from '../../proof/damaged-streams';
import { damageAndMending, streamInWords } from '../../proof/fault-words';
import { ReasonBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { Closings } from '../parts/closings';
import { faultsOf } from '../parts/refusal-view';

const path = '/administrare/fluxuri';
const closePath = (stream: string): string => `${path}/${encodeURIComponent(stream)}/inchidere`;

const DamagedPage = ({ damaged, closed }: { readonly damaged: readonly DamagedStream[]; readonly closed: readonly Closing[] }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.streams;
  return (
    <HeadedPage title={words.title} done={words.done} back={{ href: '/administrare', text: words.back }} lead={words.lead}>
      {damaged.length === 0 ? <p>{words.none}</p> : null}
      {damaged.map((one) => (
        <section class="card" aria-labelledby={`titlu-${one.stream}`}>
          <h2 id={`titlu-${one.stream}`}>{streamInWords(one.stream)}</h2>
          <p>{damageAndMending(one)[locale]}</p>
          {one.closedAt === undefined ? (
            <p class="actions">
              <a class="button second" href={closePath(one.stream)}>
                {words.close}
                <span class="unseen">: {streamInWords(one.stream)}</span>
              </a>
            </p>
          ) : (
            <p>{words.closedAt({ at: dateAndHour(one.closedAt, locale) })}</p>
          )}
        </section>
      ))}
      <Closings closings={closed} />
    </HeadedPage>
  );
};

const closeFields = (words: Sentences['administration']['streams']): readonly FormPart[] => [
  { kind: 'long', name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3 },
];

/** Going on without a stream needs a reason. */
const ClosePage = ({ damage }: { readonly damage: DamagedStream }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.streams;
  return (
    <HeadedPage
      title={words.closeTitle}
      summary={words.closeSummary}
      labels={{ reason: words.reason }}
      back={{ href: path, text: words.title }}
      lead={words.closeLead}
    >
      <p>
        <strong>{streamInWords(damage.stream)}</strong>
      </p>
      <p>{damageAndMending(damage)[locale]}</p>
      <TypedForm action={closePath(damage.stream)}>
        <FormFields parts={closeFields(words)} />
        <button class="grave">{words.close}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** Streams that a person has deleted or cut on the server of the log. */
@Pages('administrare/fluxuri')
export class StreamsPagesController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('streams.close')
  async list(): Promise<Answer> {
    const { store } = this.ports;
    return view(<DamagedPage damaged={await damagedStreams(store, { anew: true })} closed={await closings(store)} />);
  }

  @Get(':stream/inchidere')
  @ForOfficials('streams.close')
  async closeForm(@Param('stream') stream: string): Promise<Answer> {
    return view(<ClosePage damage={await this.#damaged(stream)} />);
  }

  @Post(':stream/inchidere')
  @KeepsTyped()
  @ForOfficials('streams.close')
  async close(@Req() request: FastifyRequest, @Param('stream') stream: string): Promise<Answer> {
    const locale = localeOfPage(request);
    const { value, faults } = readForm(ReasonBody, closeFields(sentences[locale].administration.streams), formOf(request), locale);
    if (faults.length > 0) return formView(<ClosePage damage={await this.#damaged(stream)} />, faults);
    const { reason } = value;
    const outcome = await this.commands.carryOut(request, { useCase: CloseStream, command: () => ({ stream, reason }) });
    if (!isRefusal(outcome)) return seeOther(`${path}?facut=inchis`);
    // it was mended meanwhile
    if (outcome.code === 'not-found') return seeOther(path);
    return formView(<ClosePage damage={await this.#damaged(stream)} />, faultsOf(outcome, locale, 'reason'));
  }

  async #damaged(stream: string): Promise<DamagedStream> {
    const damage = (await damagedStreams(this.ports.store, { anew: true })).find((one) => one.stream === stream);
    if (damage === undefined) throw new HttpProblem({ code: 'not-found' });
    return damage;
  }
}
