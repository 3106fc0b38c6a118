import type { WriteAnswer } from '@casebook/contracts';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';

/** What a write answers, and with which status and headers. */
export class Written {
  constructor(
    readonly answer: WriteAnswer & Record<string, unknown>,
    readonly options: {
      readonly created?: boolean;
      readonly location?: string;
      readonly replayed?: boolean;
    } = {},
  ) {}
}

/** A representation with its entity tag (RFC 9110 §8.8.3). */
export class Tagged<T> {
  constructor(
    readonly value: T,
    readonly tag: string,
  ) {}
}

const isPage = (value: unknown): value is { items: unknown[]; next: string | null } =>
  typeof value === 'object' && value !== null && 'next' in value && 'items' in value;

/** Gives every answer the headers that its kind has: ETag and Location of writes, ETag of reads, Link of pages (RFC 8288). */
@Injectable()
export class AnswersInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      map((value: unknown) => {
        if (value instanceof Written) {
          const { created, location, replayed } = value.options;
          void reply.status(created ? 201 : 200).header('etag', `"${value.answer.revision}"`);
          if (location !== undefined) void reply.header('location', location);
          if (value.answer.merged !== undefined) void reply.header('preference-applied', 'merge');
          if (replayed) void reply.header('idempotency-replayed', 'true');
          return value.answer;
        }
        if (value instanceof Tagged) {
          void reply.header('etag', value.tag);
          if (
            request.headers['if-none-match']
              ?.split(',')
              .some((tag) => tag.trim().replace(/^W\//, '') === value.tag)
          ) {
            void reply.status(304);
            return undefined;
          }
          return value.value as unknown;
        }
        if (isPage(value) && value.next !== null) {
          const address = new URL(request.url, 'http://relative');
          address.searchParams.set('cursor', value.next);
          void reply.header('link', `<${address.pathname}${address.search}>; rel="next"`);
        }
        return value;
      }),
    );
  }
}
