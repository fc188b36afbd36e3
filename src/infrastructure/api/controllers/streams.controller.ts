import { Body, Get, Inject, Param, Post } from '@nestjs/common';
import type { Ports } from '../../../application/kernel/ports/ports';
import { CloseStream } from '../../../application/operation/close-stream';
import { portsToken } from '../../nest/tokens';
import { damagedStreams } from '../../proof/damaged-streams';
import { damageWords } from '../../proof/fault-words';
import { ReasonBody } from '../../validation/administration';
import { Access } from '../access/access-decorator';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { order, type Order } from '../commands/command-interceptor';
import { DamagedStreamsAnswer, StreamClosedAnswer } from '../dto/answers';
import { StreamPath } from '../dto/paths';

/** Streams that a person has deleted or cut on the server of the log. */
@Api('streams', 'Administration')
export class StreamsController {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  @Get('damaged')
  @Access('streams.close')
  @Operation('Streams that are not whole, and the act that mends each', { 200: DamagedStreamsAnswer })
  async listDamagedStreams(): Promise<Plain<DamagedStreamsAnswer>> {
    const damaged = await damagedStreams(this.ports.store, { anew: true });
    return { damaged: damaged.map((one) => ({ ...one, text: { ...damageWords(one) } })) };
  }

  @Post(':stream/close')
  @Access('streams.close')
  @CommandOperation(
    'Go on without a stream that is not whole, with a reason that is itself a fact; taken also while nothing else is written',
    { 200: StreamClosedAnswer },
    ['not-found'],
  )
  closeStream(@Param() { stream }: StreamPath, @Body() { reason }: ReasonBody): Order {
    return order(CloseStream, { stream, reason });
  }
}
