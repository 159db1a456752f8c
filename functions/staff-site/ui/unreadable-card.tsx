/** Says whose records cannot be read, where a list would pass over them in silence. */
export function UnreadableCard({ episodeIds }: { readonly episodeIds: readonly string[] }) {
  if (episodeIds.length === 0) return null;
  return (
    <div class="card urgent">
      <p>
        <strong>
          {episodeIds.length === 1
            ? "The record of one person cannot be read"
            : `The records of ${episodeIds.length} people cannot be read`}
        </strong>{" "}
        and {episodeIds.length === 1 ? "stands" : "stand"} in no row here. Look after them by hand,
        and tell whoever looks after Throughcare: {episodeIds.join(", ")}
      </p>
    </div>
  );
}
