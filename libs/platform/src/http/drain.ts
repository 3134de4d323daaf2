import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { RequestHandler } from 'express';

/** Once the service stops, a connection ends with the answer in hand instead of waiting for the client's next request. */
export class Drain implements BeforeApplicationShutdown {
  private stopping = false;

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  readonly middleware: RequestHandler = (request, response, next) => {
    response.once('finish', () => {
      if (this.stopping) request.socket.end();
    });
    next();
  };
}
