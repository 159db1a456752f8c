// The console is one page: every address below /console that names no file opens it.
// biome-ignore lint/correctness/noUnusedVariables: the distribution calls it by this name
function handler(event) {
  const request = event.request;
  const last = request.uri.split("/").pop();
  if (last.indexOf(".") === -1) request.uri = "/console/index.html";
  return request;
}
