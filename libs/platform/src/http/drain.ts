import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { ExpressAdapter } from '@nestjs/platform-express';
import { closeServer } from './close-server.js';

/** Begins to close the HTTP server of a service that stops. Nest, which waits for its end, would wait for streams too. */
@Injectable()
export class Drain implements BeforeApplicationShutdown {
  constructor(private readonly host: HttpAdapterHost<ExpressAdapter>) {}

  beforeApplicationShutdown(): void {
    void closeServer(this.host.httpAdapter.getHttpServer());
  }
}
