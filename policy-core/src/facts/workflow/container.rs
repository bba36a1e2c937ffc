//! `container:` of a job.

use std::sync::Arc;

use super::scope::Scope;
use super::start::Image;
use crate::facts::value::{OriginKind, Value};
use crate::syntax::yaml::Node;
use crate::text::Location;

/// The image, if the job has a container. A container whose image evaluates to nothing is none (`container: ${{ matrix.image }}`).
pub(crate) fn image(scope: &Scope<'_>, container: Option<&Node>) -> Option<Image> {
    let node = container?;
    let image = node.get("image").unwrap_or(node);
    let name = scope.text(image, OriginKind::Document).as_text().cloned();
    let location = Location::new(&scope.document.text, image.span);
    (name.as_deref() != Some("")).then_some(Image { name, location })
}

/// `env:` of the container, which everything else overrides.
pub(crate) fn variables(scope: &Scope<'_>, container: Option<&Node>) -> Vec<(Arc<str>, Value)> {
    container.and_then(|node| node.get("env")).map(|env| scope.variables(env, OriginKind::ContainerEnv)).unwrap_or_default()
}
