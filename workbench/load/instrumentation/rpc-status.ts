/** gRPC's status code for the HTTP status that carries it here. */
export function rpcStatus(httpStatus: number): string {
  if (httpStatus < 400) {
    return 'OK';
  }
  return httpStatus === 503 ? 'UNAVAILABLE' : 'INTERNAL';
}
