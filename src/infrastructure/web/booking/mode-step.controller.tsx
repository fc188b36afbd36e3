import { Get, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { recordingNotice } from '../../../domain/ticket/request-ticket';
import { ForAnybody, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { BookingDesk } from './booking-desk';
import { type Draft, isMode } from './draft';
import { ModePage, type ModeTyped } from './mode-page';
import { sentences } from '../../phrasing/sentences';

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
  async modes(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'mod');
    if (draft === undefined) return;
    const typed = { mode: draft.mode, accepted: draft.noticeVersion === recordingNotice.version };
    await this.#show(request, reply, draft, typed);
  }

  @Post()
  @ForAnybody()
  async choose(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const draft = await this.desk.at(request, reply, 'mod');
    if (draft === undefined) return;
    const { locale } = await this.pages.contextOf(request);
    const form = formOf(request);
    const mode = form.text('mode');
    // another version than the one in force was not the one shown
    const accepted = form.text('acord') === recordingNotice.version;
    const words = sentences[locale].booking.mode;
    if (!isMode(mode) || !draft.modes.includes(mode)) {
      await this.#show(request, reply, draft, { mode: undefined, accepted }, [{ field: 'mode', message: words.choose }]);
      return;
    }
    if (mode === 'online' && !accepted) {
      await this.#show(request, reply, draft, { mode, accepted }, [{ field: 'acord', message: words.notAccepted }]);
      return;
    }
    const { noticeVersion: _, ...others } = draft;
    await this.desk.goOn(request, reply, { ...others, mode, ...(mode === 'online' ? { noticeVersion: recordingNotice.version } : {}) });
  }

  async #show(request: FastifyRequest, reply: FastifyReply, draft: Draft, typed: ModeTyped, faults: readonly Fault[] = []): Promise<void> {
    const context = await this.pages.contextOf(request);
    const back = this.desk.backFrom(request);
    const once = this.forms.once();
    await this.pages.show(
      reply,
      <ModePage context={context} typed={typed} faults={faults} once={once} draft={draft} back={back} />,
      faults.length === 0 ? 200 : 422,
    );
  }
}
