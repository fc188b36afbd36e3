import { Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defined } from '@tichet-albastru/kernel/defined';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { LogNotAsSigned } from '@tichet-albastru/signed-log';
import { judgedProof, type Proved } from '../../proof/ticket-proof';
import { ticketProofText } from '../../proof/verify/read-ticket-proof';
import { unprovedWords } from '../../proof/fault-words';
import { Access } from '../access/access-decorator';
import { Api, Operation } from '../api-decorator';
import { CheckpointAnswer, ProofAnswer } from '../dto/audit-answers';
import { TicketPath } from '../dto/paths';
import { answered, HttpProblem } from '../problem/problem';

/** A checkpoint comes within so many. */
const secondsToTheNext = 60;

/** The question is in order; what it asks for is not there, and why is said. */
const unproved = (why: Exclude<Proved, { readonly kind: 'proved' }>): HttpProblem =>
  new HttpProblem({
    code: 'wrong-state',
    detail: unprovedWords(why),
    ...(why.kind === 'not-yet' ? { retryAfterSeconds: secondsToTheNext } : {}),
  });

/** What an auditor takes along to see, far from here, that nothing was changed. */
@Api('audit', 'Reading')
export class ProofController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get('tickets/:id/proof')
  @Access('audit.tickets', 'audited')
  @Operation(
    'The proof of one ticket as a file, for `tichet judge`, `tichet verify` and `tools/verify_ticket.py`; personal data sealed',
    { 200: ProofAnswer },
    ['not-found', 'wrong-state'],
  )
  async proveTicket(@Res() reply: FastifyReply, @Param() { id }: TicketPath): Promise<void> {
    const proved = answered(await judgedProof(this.opened.ports, id, this.opened.sealing?.key));
    if (proved.kind !== 'proved') throw unproved(proved);
    void reply
      .headers({
        'Content-Type': 'application/json; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Disposition': `attachment; filename="${id}-proof.json"`,
      })
      .send(ticketProofText(proved.proof));
  }

  @Get('checkpoint')
  @Access('audit.read')
  @Operation(
    'The newest signed checkpoint of the log; the note itself by `Accept: text/plain`',
    { 200: { json: CheckpointAnswer, text: ['text/plain'] } },
    ['wrong-state'],
  )
  async readCheckpoint(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { size, root, note, verifier, witnessed } = await this.#newest();
    void reply.headers({ 'Cache-Control': 'no-store', Vary: 'Accept' });
    if (/\btext\/plain\b/.test(request.headers.accept ?? '')) {
      void reply.header('Content-Type', 'text/plain; charset=utf-8').send(note);
      return;
    }
    void reply.send({ size, root, note, verifier, ...defined({ witnessed }) });
  }

  async #newest() {
    const { signedLog } = this.opened.ports;
    if (signedLog === undefined) throw unproved({ kind: 'not-sealed' });
    try {
      const [newest, witnessed] = [await signedLog.checkpoint(), await signedLog.witnessed()];
      if (newest !== undefined) return { ...newest, verifier: signedLog.verifier, witnessed };
    } catch (error) {
      if (error instanceof LogNotAsSigned) throw unproved({ kind: 'unreadable' });
      throw error;
    }
    throw unproved({ kind: 'not-yet' });
  }
}
