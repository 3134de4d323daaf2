import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'muster:public';

/** Anybody may call the handler; it has no caller. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);
