import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { recordingNotice } from '../../../domain/ticket/request-ticket';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { BookingDesk } from './booking-desk';
import { type Draft, isMode } from './draft';
import { ModePage, type ModeTyped } from './mode-page';
import { type Answer, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/kept-form';

/** Step 3 (Art. 3 d, A14). */
@Pages('programare/mod')
export class ModeStepController {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly desk: BookingDesk,
  ) {}

  @Get()
  @ForAnybody()
  async modes(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'mod');
    if ('kind' in draft) return draft;
    const typed = { mode: draft.mode, accepted: draft.noticeVersion === recordingNotice.version };
    return this.#show(request, draft, typed);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForAnybody()
  async choose(@Req() request: FastifyRequest): Promise<Answer> {
    const draft = await this.desk.at(request, 'mod');
    if ('kind' in draft) return draft;
    const { locale } = await this.pages.contextOf(request);
    const form = formOf(request);
    const mode = form.text('mode');
    // another version than the one in force was not the one shown
    const accepted = form.text('acord') === recordingNotice.version;
    const words = sentences[locale].booking.mode;
    if (!isMode(mode) || !draft.modes.includes(mode)) {
      return this.#show(request, draft, { mode: undefined, accepted }, [{ field: 'mode', message: words.choose }]);
    }
    if (mode === 'online' && !accepted) {
      return this.#show(request, draft, { mode, accepted }, [{ field: 'acord', message: words.notAccepted }]);
    }
    const { noticeVersion: _, ...others } = draft;
    return this.desk.goOn(request, { ...others, mode, ...(mode === 'online' ? { noticeVersion: recordingNotice.version } : {}) });
  }

  async #show(request: FastifyRequest, draft: Draft, typed: ModeTyped, faults: readonly Fault[] = []): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const back = this.desk.backFrom(request);
    return view(<ModePage context={context} typed={typed} faults={faults} draft={draft} back={back} />, faults.length === 0 ? 200 : 422);
  }
}
