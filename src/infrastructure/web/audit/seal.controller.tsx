import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { referenceOf } from '../../../domain/ticket/ticket';
import { ticketOnPaper } from '../../export/paper/ticket-on-paper';
import { sendExport, sendLines } from '../../export/send-export';
import { TicketPath } from '../../api/dto/paths';
import { HttpProblem, problemOfRefusal } from '../../api/problem/problem';
import { StrictInput } from '../../api/validation/strict-input';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { writeExport } from '../../proof/export/write-export';
import { ticketProof } from '../../proof/ticket-proof';
import { ticketProofText } from '../../proof/verify/read-ticket-proof';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { PageDesk } from '../page/page-desk';
import { listAsked } from './list-asked';
import { SealPage } from './seal-page';
import { logSealTold } from './seal-told';
import { momentAsked } from './ticket-asked';
import { inBoth } from '../../phrasing/sentences';
import { type Answer, view } from '../page/answer';

type Asked = Readonly<Record<string, unknown>>;

const ofATicket = new StrictInput();

/** The seal of the log, and what is taken along that it proves. */
@Pages('audit')
export class SealController {
  constructor(
    private readonly pages: PageDesk,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  @Get('sigiliu')
  @ForOfficials('audit.read')
  async seal(@Req() request: FastifyRequest): Promise<Answer> {
    const told = await logSealTold(this.opened.ports);
    return view(<SealPage context={await this.pages.contextOf(request)} told={told} />);
  }

  @Get('sigiliu/punct-de-control.txt')
  @ForOfficials('audit.read')
  async checkpoint(@Res() reply: FastifyReply): Promise<void> {
    const told = await logSealTold(this.opened.ports);
    if (told.kind !== 'sealed') throw new HttpProblem({ code: 'not-found' });
    const { newest } = told;
    sendExport(reply, `punct-de-control-${newest.size}.txt`, 'txt', newest.note);
  }

  @Get('export.jsonl')
  @ForOfficials('audit.read')
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Asked): Promise<void> {
    const { faults, days } = listAsked(query, localeOfPage(request));
    if (faults.length > 0) throw new HttpProblem({ code: 'invalid' });
    const { ports, sealing } = this.opened;
    const lines = writeExport(ports, { ...days, ...defined({ signer: sealing?.key }) });
    await sendLines(reply, 'audit.jsonl', 'jsonl', lines);
  }

  @Get(':id/dovada')
  @ForOfficials('audit.read')
  async proof(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath): Promise<void> {
    const proved = await ticketProof(this.opened.ports, id);
    if (isRefusal(proved)) throw new HttpProblem(problemOfRefusal(proved));
    if (proved.kind !== 'proved')
      throw new HttpProblem({
        code: 'not-found',
        detail: inBoth.audit.seal.noProof[proved.kind],
      });
    sendExport(reply, `${referenceOf(id)}-dovada.json`, 'json', ticketProofText(proved.proof));
  }

  @Get(':id/dosar.pdf')
  @ForOfficials('audit.read')
  async paper(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param(ofATicket) { id }: TicketPath,
    @Query() query: Asked,
  ): Promise<void> {
    const languages = localeOfPage(request) === 'ro' ? ({ locale: 'ro', small: 'en' } as const) : ({ locale: 'en' } as const);
    const drawn = await ticketOnPaper(this.opened.ports, { ticketId: id, ...momentAsked(query) }, languages);
    if (isRefusal(drawn)) throw new HttpProblem(problemOfRefusal(drawn));
    sendExport(reply, `${drawn.reference}.pdf`, 'pdf', drawn.bytes);
  }
}
