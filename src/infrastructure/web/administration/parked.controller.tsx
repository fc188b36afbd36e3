import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ParkedKey } from '../../../application/kernel/ports/read-models';
import { SkipParked } from '../../../application/operation/skip-parked';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ReasonBody } from '../../validation/administration';
import { HttpProblem } from '../../api/problem/problem';
import { Tables } from '../../nest/tables';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { checkedForm } from '../forms/checked';
import { ParkedPage, SkipPage } from './parked-page';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';

const isDone = (word: unknown): word is keyof Sentences['administration']['parked']['done'] => word === 'aplicat' || word === 'omis';

/** Rows that wait for a person because an event of theirs could not be applied. */
@Pages('administrare/oprite')
export class ParkedPagesController {
  constructor(
    private readonly pages: PageService,
    private readonly desk: CommandService,
    private readonly tables: Tables,
  ) {}

  @Get()
  @ForOfficials('parked.settle')
  async list(@Req() request: FastifyRequest, @Query('pagina') asked: unknown, @Query('facut') word: unknown): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const items = await this.tables.parked();
    const done = isDone(word) ? sentences[context.locale].administration.parked.done[word] : undefined;
    return view(<ParkedPage items={items} asked={asked} done={done} />);
  }

  /** No command: it changes no fact, and trying twice is trying twice. */
  @Post(':id/reincercare')
  @KeepsNothing('nothing-typed')
  @ForOfficials('parked.settle')
  async retry(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    const before = (await this.tables.parked()).find((item) => item.id === id);
    const result = await this.tables.retry(id);
    if (result === 'done' || result === 'not-found') {
      // what is not there any more somebody else has settled, or tried: the list says what stands
      return seeOther(`/administrare/oprite${result === 'done' ? '?facut=aplicat' : ''}`);
    }
    const context = await this.pages.contextOf(request);
    const items = await this.tables.parked();
    // parked again, it has another number
    const again = items.find(({ projection, key }) => projection === before?.projection && key === before.key);
    const fault = { field: `oprit-${again?.id ?? ''}`, message: sentences[context.locale].administration.parked.still[result] };
    return view(<ParkedPage items={items} asked={undefined} fault={fault} />, 422);
  }

  @Get(':id/omitere')
  @ForOfficials('parked.settle')
  async skipForm(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.#showSkip(await this.#item(id), undefined, []);
  }

  @Post(':id/omitere')
  @KeepsTyped()
  @ForOfficials('parked.settle')
  async skip(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    const typed = formOf(request).optional('reason');
    const { locale } = await this.pages.contextOf(request);
    const checked = checkedForm(ReasonBody, { reason: typed }, locale);
    if ('faults' in checked) {
      return this.#showSkip(await this.#item(id), typed, checked.faults);
    }
    const { reason } = checked.value;
    const outcome = await this.desk.carryOut(request, { useCase: SkipParked, command: () => ({ id, reason }) });
    if (!isRefusal(outcome)) return seeOther('/administrare/oprite?facut=omis');
    // the second of two clicks finds it gone, and so does whoever comes after somebody else
    if (outcome.code === 'not-found') return seeOther('/administrare/oprite');
    return this.#showSkip(await this.#item(id), typed, faultsOf(outcome, locale, 'reason'));
  }

  async #item(id: string): Promise<ParkedKey> {
    const item = (await this.tables.parked()).find((one) => one.id === id);
    if (item === undefined) throw new HttpProblem({ code: 'not-found' });
    return item;
  }

  #showSkip(item: ParkedKey, typed: string | undefined, faults: readonly Fault[]): Answer {
    return view(<SkipPage item={item} typed={typed} faults={faults} />, faults.length === 0 ? 200 : 422);
  }
}
