import { Controller, Get, HttpStatus, Inject, Res } from '@nestjs/common';
import { ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Background } from '../../nest/background';
import type { OpenedPorts } from '../../nest/open-ports';
import { openedToken } from '../../nest/tokens';

@Controller('health')
@ApiTags('Operations')
export class HealthController {
  constructor(private readonly background: Background) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers' })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  @Get('ready')
  @ApiOperation({ summary: 'The read models have reached the log’s end as found at start' })
  async ready(@Res() reply: FastifyReply): Promise<void> {
    const status = await this.background.readiness();
    void reply
      .code(status === 'ready' ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
      .header('Cache-Control', 'no-store')
      .send({ status });
  }
}

@Controller('metrics')
@ApiTags('Operations')
export class MetricsController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get()
  @ApiOperation({ summary: 'Numbers for Prometheus, without any person' })
  @ApiProduces('text/plain')
  async metrics(@Res() reply: FastifyReply): Promise<void> {
    void reply.header('Content-Type', this.opened.metrics.contentType).send(await this.opened.metrics.text());
  }
}
