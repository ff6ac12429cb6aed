% Writes fixtures/reference/dcc.json: likelihoods and correlations by the MFE toolbox on the series of garch.json.
% octave-cli tests/reference/dcc.m, from the top of the repository, with the toolbox's folder "multivariate" in MFE_TOOLBOX.
% Run with GNU Octave 7.3.0 and bashtage/mfe-toolbox at 0e536f0.

addpath(getenv("MFE_TOOLBOX"));
fixtures = "tests/fixtures/reference/";
known = jsondecode(fileread([fixtures "garch.json"]));
blocks = {};
for i = 1:numel(known.blocks)
  block = known.blocks(i);
  if !strcmp(block.recursion, "dcc") continue; end
  m = block.series;
  z = reshape(block.z, m, [])';
  T = rows(z);
  shocks = zeros(m, m, T);
  for t = 1:T shocks(:, :, t) = z(t, :)' * z(t, :); end
  S = mean(shocks, 3);
  S = S ./ sqrt(diag(S) * diag(S)');
  % Third stage, whose backcast S makes Q_1 = S; no asymmetric terms.
  [minus, ~, R] = dcc_likelihood(block.given', shocks, [], 1, 0, 1, S, [], S, [], 3, 0, false, false, [], {});
  blocks{end + 1} = struct("series", m, "given", block.given', "logLikelihood", -minus, "correlations", squeeze(R(1, 2, :))');
end
versions = struct("octave", OCTAVE_VERSION, "mfe_toolbox", "0e536f0");
file = fopen([fixtures "dcc.json"], "w");
fprintf(file, "%s\n", jsonencode(struct("source", "MFE toolbox: dcc_likelihood", "versions", versions, "blocks", {blocks})));
fclose(file);
