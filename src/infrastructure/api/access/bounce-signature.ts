import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Webhook } from 'standardwebhooks';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { rawBodyOf } from '../body/raw-body';
import { HttpProblem } from '../problem/problem';

const signatureHeaders = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/**
 * Standard Webhooks: HMAC-SHA256 over id, time and the body to the byte, at most five minutes old. A message repeated within that time does
 * nothing twice. Where no secret is set no signature is right.
 */
@Injectable()
export class BounceSignature implements CanActivate {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  canActivate(context: ExecutionContext): boolean {
    const { bounceSecrets = [] } = this.opened;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const headers = Object.fromEntries(
      signatureHeaders.flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    );
    const body = rawBodyOf(request);
    if (body === undefined || !bounceSecrets.some((secret) => isSigned(secret, body, headers))) {
      throw new HttpProblem({ code: 'unauthenticated' });
    }
    return true;
  }
}

const isSigned = (secret: string, body: Buffer, headers: Record<string, string>): boolean => {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    return false;
  }
};
